using FhirHub.Fhir.Definitions;
using FhirHub.Host;
using FhirHub.Host.Upkeep;

// The definitions take as long to load as the rest of the start: both at once.
_ = Task.Run(static () => FhirSchema.R4);

// 1. What is wanted.
if (args is ["--help" or "-h" or "help", ..])
{
    Console.Write(CommandLine.Usage);
    return ExitCode.Done;
}

var line = CommandLine.Parse(args);
if (line.Problem is { } problem)
{
    Console.Error.WriteLine($"{problem}\n\n{CommandLine.Usage}");
    return ExitCode.Configuration;
}

// 2. Configuration, converted once and checked before anything is opened.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = line.Settings,
    ContentRootPath = AppContext.BaseDirectory, // where appsettings.json is
});
var (options, problems) = HubOptions.Read(builder.Configuration);
if (problems.Count > 0)
{
    problems.ForEach(Console.Error.WriteLine);
    return ExitCode.Configuration;
}

// 3. One command, or the server.
return line switch
{
    { Command: "backup", File: { } file } => await UpkeepCommand.BackUpAsync(options, file),
    { Command: "restore", File: { } file } => await UpkeepCommand.RestoreAsync(options, file),
    { Command: "check" } => await UpkeepCommand.CheckAsync(options),
    { Command: CommandLine.Validate } => await ValidateCommand.RunAsync(options, line),
    { Command: CommandLine.Import, File: { } file } => await ImportCommand.RunAsync(options, file, line.Options),
    _ => await Server.RunAsync(builder, options),
};
