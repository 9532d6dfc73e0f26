namespace FhirHub.Unit.Tidy;

[TestClass]
public sealed class TypeTidyTests
{
    const string Any = "src/FhirServer/Core/Any.cs";

    [TestMethod]
    public void Names_say_what_a_type_does() => Verdict.Holds(TypeRules.BannedNames);

    [TestMethod]
    [DataRow("class StoreManager;")]
    [DataRow("static class JsonHelper;")]
    [DataRow("static class StringUtils;")]
    [DataRow("sealed class BundleProcessor { }")]
    [DataRow("class CreateHandler { }")]
    [DataRow("class WriterImpl;")]
    [DataRow("abstract class StoreBase;")]
    [DataRow("record PatientDto(string Id);")]
    [DataRow("readonly record struct ResourceWrapper(int A);")]
    [DataRow("class Outer\n{\n    class Store2;\n}")]
    public void A_name_that_says_nothing_is_found(string text) => Verdict.Breaks(TypeRules.BannedNames, Any, text);

    [TestMethod]
    [DataRow("class OutcomeHandler : IExceptionHandler;")]
    [DataRow("class BearerHandler(int a) : AuthenticationHandler<BearerOptions>(a);")]
    [DataRow("class Database;")]
    [DataRow("static class FhirR4;")]
    [DataRow("// class StoreManager;")]
    public void A_name_that_says_something_passes(string text) => Verdict.Keeps(TypeRules.BannedNames, Any, text);

    [TestMethod]
    public void Interfaces_are_the_listed_ones() => Verdict.Holds(TypeRules.UnlistedInterfaces);

    [TestMethod]
    public void An_interface_outside_the_list_is_found()
    {
        Verdict.Breaks(TypeRules.UnlistedInterfaces, Any, "public interface IWriter { }");
        Verdict.Breaks(TypeRules.UnlistedInterfaces, Any, "class A\n{\n    interface IB;\n}");
        Verdict.Keeps(TypeRules.UnlistedInterfaces, Any, "public interface IResourceStore { }");
    }

    [TestMethod]
    public void Every_type_has_a_summary() => Verdict.Holds(TypeRules.MissingSummaries);

    [TestMethod]
    [DataRow("sealed class A;")]
    [DataRow("// Not a summary.\nsealed class A;")]
    [DataRow("/// <summary>One.</summary>\nclass A;\n\nenum B { C }")]
    [DataRow("/// <summary>One.</summary>\nclass A\n{\n    internal record B(int C);\n}")]
    [DataRow("public delegate int Measure(string text);")]
    public void A_type_without_a_summary_is_found(string text) => Verdict.Breaks(TypeRules.MissingSummaries, Any, text);

    [TestMethod]
    [DataRow("/// <summary>One.</summary>\n[Flags]\nenum A { B }")]
    [DataRow("/// <summary>\n/// One.\n/// </summary>\nclass A\n{\n    record B(int C);\n    private class D;\n}")]
    public void A_type_with_a_summary_passes(string text) => Verdict.Keeps(TypeRules.MissingSummaries, Any, text);

    [TestMethod]
    public void Files_are_named_after_their_type() => Verdict.Holds(TypeRules.FileNames);

    [TestMethod]
    public void A_file_named_after_something_else_is_found()
    {
        Verdict.Breaks(TypeRules.FileNames, Any, "sealed class Other;");
        Verdict.Keeps(TypeRules.FileNames, Any, "sealed class Any;\nsealed class Other;");
        Verdict.Keeps(TypeRules.FileNames, "src/FhirServer/Core/Any.Reading.cs", "partial class Any;");
        Verdict.Keeps(TypeRules.FileNames, "src/FhirServer/Host/Program.cs", "return 0;\n\nsealed class Other;");
    }

    [TestMethod]
    public void A_test_class_has_its_own_file() => Verdict.Holds(TypeRules.TestClassFiles);

    [TestMethod]
    public void Test_classes_that_share_a_file_are_found()
    {
        const string Test = "tests/Unit/Any.cs";
        Verdict.Breaks(TypeRules.TestClassFiles, Test, "[TestClass] class Any;\n[TestClass] class B;");
        Verdict.Breaks(TypeRules.TestClassFiles, Test, "class Any;\n[TestClass]\npublic sealed class B { }");
        Verdict.Keeps(TypeRules.TestClassFiles, Test, "[TestClass]\npublic sealed class Any { }\nclass B;");
    }

    [TestMethod]
    public void Constructors_take_at_most_6_parameters() => Verdict.Holds(TypeRules.LongConstructors);

    [TestMethod]
    [DataRow("class A(int a, int b, int c, int d, int e, int f, int g);")]
    [DataRow("class A<T>(int a, int b, int c, int d, int e, int f, int g);")]
    [DataRow("class A\n{\n    internal A(int a, int b, int c,\n        int d, int e, int f, (int, int) g) { }\n}")]
    public void A_constructor_with_7_parameters_is_found(string text) =>
        Verdict.Breaks(TypeRules.LongConstructors, Any, text);

    [TestMethod]
    [DataRow("class A(int a, int b, int c, int d, int e, Dictionary<int, (int, int)> f);")]
    [DataRow("record A(int a, int b, int c, int d, int e, int f, int g);")]
    [DataRow("class A()\n{\n    B F() => new B(1, 2, 3, 4, 5, 6, 7);\n}")]
    public void A_constructor_with_6_parameters_passes(string text) =>
        Verdict.Keeps(TypeRules.LongConstructors, Any, text);
}
