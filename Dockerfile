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
# The server listens on loopback unless told otherwise, and nothing in it asks who is calling yet. To reach it from
# outside the container, say so: docker run -e Hub__Url=http://0.0.0.0:8080 -p 127.0.0.1:8080:8080 ...
EXPOSE 8080
ENTRYPOINT ["dotnet", "FhirHub.Host.dll"]
