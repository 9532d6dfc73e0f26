namespace FhirHub.Core.Model;

/// <summary>
/// The ways a request can fail; each has exactly one HTTP status, decided in the host's OutcomeHandler.
/// </summary>
public enum ProblemKind
{
    /// <summary>The request cannot be understood: bad syntax, a bad parameter, content that is not FHIR.</summary>
    Invalid,
    NotFound,

    /// <summary>It was there, and was deleted.</summary>
    Gone,
    MethodNotAllowed,

    /// <summary>Understood, and not to be done on this server.</summary>
    Forbidden,

    /// <summary>None of the formats the client accepts is one we write.</summary>
    NotAcceptable,

    /// <summary>Somebody else's change came in between.</summary>
    Conflict,

    /// <summary>What the client said must be true of the resource is not.</summary>
    PreconditionFailed,

    /// <summary>The body's format is not one we read.</summary>
    UnsupportedMediaType,
    TooLarge,

    /// <summary>Understood, and against a rule of FHIR or of this server.</summary>
    Unprocessable,

    /// <summary>Understood, and something this server does not do.</summary>
    NotSupported,

    /// <summary>The request did not arrive in the time a client has for it.</summary>
    TooSlow,

    /// <summary>
    /// The server is starting or stopping, or has no room; the same request may succeed a little later.
    /// </summary>
    Unavailable,

    /// <summary>Our own mistake.</summary>
    Fault,
}
