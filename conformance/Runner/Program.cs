using FhirHub.Conformance;

// One command per published suite; each prints its failures, then its counts alone on the last line.
return args switch
{
    ["fhirpath", var folder] => FhirPathSuite.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: fhirpath <folder with tests-fhir-r4.xml and its input files>");
    return 2;
}
