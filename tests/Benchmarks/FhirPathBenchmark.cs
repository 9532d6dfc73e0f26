using System.Text.Json;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Benchmarks;

/// <summary>Compiled expressions over the example Patient, against the npm package fhirpath on the same.</summary>
static class FhirPathBenchmark
{
    const double RatioMin = 20;

    static readonly string[] Expressions =
    [
        "name.given",
        "Patient.name.family",
        "name.where(use = 'official').given.first()",
        "telecom.where(system = 'phone' and use = 'work').value",
        "identifier.where(type.coding.code = 'MR').value.exists()",
        "contact.all(name.exists() or telecom.exists() or address.exists() or organization.exists())",
        "birthDate < @2000-01-01",
        "name.select(given.first() & ' ' & family)",
        "(Patient.deceased as boolean) | Patient.active",
        "descendants().count()",
        "Patient.link.other.where(resolve() is Patient).exists()",
        "address.line.join(', ').length() > 3 implies address.city.matches('^[A-Z].*$')",
    ];

    internal static void Run(Report report, List<(string Name, byte[] Json)> corpus)
    {
        var json = corpus.Find(f => f.Name == "Patient-example.json").Json;
        var theirs = Theirs(json);
        var patient = FhirDocument.ParseJson(json).Root;
        var logs = 0.0;
        for (var i = 0; i < Expressions.Length; i++)
        {
            var expression = FhirPathExpression.Get(Expressions[i]);
            const int batch = 100;
            var timing = new PairedTiming(rounds: 3).Compare(() =>
            {
                for (var repeat = 0; repeat < batch; repeat++)
                {
                    expression.Evaluate(patient);
                }
            });
            var ratio = theirs[i] / (timing[0].Seconds / batch);
            logs += Math.Log(ratio);
            var shown = Expressions[i].Replace("|", "\\|", StringComparison.Ordinal);
            report.Note($"`{shown}` ({timing[0].Seconds / batch * 1e9:F0} ns)", ratio, "x");
        }

        report.AtLeast("all of them (geometric mean)", Math.Exp(logs / Expressions.Length), RatioMin, "x");
    }

    /// <summary>Seconds per evaluation of fhirpath.js, installed on first use.</summary>
    static double[] Theirs(byte[] patient)
    {
        var folder = Path.Combine(Corpus.RepositoryRoot, "tests", "Benchmarks", "fhirpath-js");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Tool.Run(folder, "npm", "ci", "--silent");
        }

        var scratch = Directory.CreateTempSubdirectory("fhirpath-");
        var resource = Path.Combine(scratch.FullName, "patient.json");
        var expressions = Path.Combine(scratch.FullName, "expressions.json");
        File.WriteAllBytes(resource, patient);
        File.WriteAllText(expressions, JsonSerializer.Serialize(Expressions));
        var printed = Tool.Run(folder, "node", "bench.mjs", resource, expressions);
        scratch.Delete(recursive: true);
        return JsonSerializer.Deserialize<double[]>(printed) ?? [];
    }
}
