namespace FhirHub.Core.Model;

/// <summary>
/// The ways a request can fail; each has exactly one HTTP status, decided in the host's OutcomeHandler.
/// </summary>
public enum ProblemKind
{
    /// <summary>The request cannot be understood: bad syntax, a bad parameter, content that is not FHIR.</summary>
    Invalid,
    NotFound,

    /// <summary>None of the formats the client accepts is one we write.</summary>
    NotAcceptable,

    /// <summary>The body's format is not one we read.</summary>
    UnsupportedMediaType,
    TooLarge,

    /// <summary>Well-formed, and yet it cannot be done to this resource, or leads to one that is not valid.</summary>
    Unprocessable,

    /// <summary>Understood, and something this server does not do.</summary>
    NotSupported,

    /// <summary>Our own mistake.</summary>
    Fault,
}
