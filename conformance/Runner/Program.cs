using FhirHub.Conformance;

// One command per suite; each prints its failures, then its counts alone on the last line.
return args switch
{
    ["fhirpath", var folder] => FhirPathSuite.Run(folder),
    ["examples"] => ExamplesSuite.Run(ExamplePackage.DefaultPath),
    ["examples", var tarball] => ExamplesSuite.Run(tarball),
    ["validate"] => await ValidationSuite.RunAsync(ExamplePackage.DefaultPath),
    ["ips", var tarball] => await GuideSuite.RunAsync(tarball),
    ["fuzz", .. var options] when FuzzOptions.TryRead(options, out var read) => FuzzSuite.Run(read),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: fhirpath <folder with tests-fhir-r4.xml and its input files>
               examples [tarball of hl7.fhir.r4.examples]
               validate
               ips <tarball of hl7.fhir.uv.ips 2.0.0, as npm packs it>
               fuzz [--count n] [--seed n] [--index i] [--seconds max]
        """);
    return 2;
}
