namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// The five colours of 孕产妇妊娠风险评估与管理工作规范 (国卫妇幼发〔2017〕35号), lowest first. Purple stands beside
/// the others: an infection says nothing about the rest.
/// </summary>
enum RiskColour
{
    Green,
    Yellow,
    Orange,
    Red,
    Purple,
}
