# Build: the SDK image, and npm, because the build fetches the published FHIR definitions with `npm pack`.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/FhirServer/Host -c Release -o /app

# Run: ASP.NET's runtime only, as the user without rights that the image brings.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
# The address to listen on is configuration like any other: override it with -e ASPNETCORE_HTTP_PORTS=...
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "FhirHub.Host.dll"]
