using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;

namespace FhirHub.Unit.Patches;

/// <summary>The examples of the RFCs themselves, on the JSON they use.</summary>
[TestClass]
public sealed class JsonPatchExampleTests
{
    const string Waldo = """{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""";
    const string Pointers = """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""";

    [TestMethod]
    [DataRow("A.1", """{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [DataRow("A.2", """{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [DataRow("A.3", """{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [DataRow("A.4", """{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [DataRow("A.5", """{"baz":"qux","foo":"bar"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo","foo":"bar"}""")]
    [DataRow("A.6", Waldo, """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""", """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [DataRow("A.7", """{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [DataRow("A.8", """{"baz":"qux","foo":["a",2,"c"]}""", """[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]""", """{"baz":"qux","foo":["a",2,"c"]}""")]
    [DataRow("A.10", """{"foo":"bar"}""", """[{"op":"add","path":"/child","value":{"grandchild":{}}}]""", """{"foo":"bar","child":{"grandchild":{}}}""")]
    [DataRow("A.11", """{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux","xyz":123}]""", """{"foo":"bar","baz":"qux"}""")]
    [DataRow("A.14", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10}]""", """{"/":9,"~1":10}""")]
    [DataRow("A.16", """{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc","def"]}]""", """{"foo":["bar",["abc","def"]]}""")]
    public void The_example_of_RFC_6902_holds(string appendix, string before, string patch, string after) =>
        Assert.AreEqual(after, Apply(before, patch), appendix);

    [TestMethod]
    [DataRow("A.9", """{"baz":"qux"}""", """[{"op":"test","path":"/baz","value":"bar"}]""", ProblemKind.Unprocessable)]
    [DataRow("A.12", """{"foo":"bar"}""", """[{"op":"add","path":"/baz/bat","value":"qux"}]""", ProblemKind.Unprocessable)]
    [DataRow("A.13", """{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux","op":"remove"}]""", ProblemKind.Invalid)]
    [DataRow("A.15", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":"10"}]""", ProblemKind.Unprocessable)]
    public void The_error_of_RFC_6902_is_one(string appendix, string before, string patch, ProblemKind kind) =>
        Assert.AreEqual(kind, Assert.ThrowsExactly<FhirException>(() => Apply(before, patch)).Problem.Kind, appendix);

    [TestMethod]
    [DataRow("/foo", """["bar","baz"]""")]
    [DataRow("/foo/0", "\"bar\"")]
    [DataRow("/", "0")]
    [DataRow("/a~1b", "1")]
    [DataRow("/c%d", "2")]
    [DataRow("/e^f", "3")]
    [DataRow("/g|h", "4")]
    [DataRow("/i\\\\j", "5")]
    [DataRow("/k\\\"l", "6")]
    [DataRow("/ ", "7")]
    [DataRow("/m~0n", "8")]
    [DataRow("", Pointers)]
    public void The_pointer_of_RFC_6901_finds_its_value(string pointer, string value) =>
        Assert.AreEqual(Pointers, Apply(Pointers, $$"""[{"op":"test","path":"{{pointer}}","value":{{value}}}]"""));

    static string Apply(string json, string patch) =>
        Encoding.UTF8.GetString(JsonPatch.Apply(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes(patch)).Span);
}
