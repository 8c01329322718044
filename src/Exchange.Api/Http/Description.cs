using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Exchange.Api.Http;

/// <summary>What routes share and so do not say themselves: the usual refusals, and the headers and members of a query that <see cref="Me"/> and <see cref="Paging"/> read.</summary>
internal sealed class Description : IOpenApiOperationTransformer
{
    /// <summary>The refusals that any route may answer; not found where the address names something.</summary>
    public static void Refusals(EndpointBuilder endpoint)
    {
        int[] usual = [400, 401, 403, 429, .. endpoint is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 } ? [404] : Array.Empty<int>()];
        var said = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.StatusCode).ToHashSet();
        foreach (var status in usual.Where(status => !said.Contains(status)))
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var read = metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters()).Select(p => p.ParameterType).ToHashSet();
        operation.Parameters ??= [];
        if (read.Contains(typeof(Paging)))
        {
            Add(operation, "limit", ParameterLocation.Query, "How many, from 1 to 200; 50 by default.", JsonSchemaType.Integer);
            Add(operation, "after", ParameterLocation.Query, "The value of 'next' from the answer before.", JsonSchemaType.String);
        }

        if (read.Contains(typeof(Me)) && context.Description.HttpMethod is "POST")
        {
            Add(operation, "Idempotency-Key", ParameterLocation.Header, "Sent again with the same request within 24 hours, it is done once.", JsonSchemaType.String);
        }

        if (read.Contains(typeof(Me)) && (context.Description.HttpMethod is "PATCH" || operation.Responses?.ContainsKey("412") == true))
        {
            Add(operation, "If-Match", ParameterLocation.Header, "The ETag that was read; another version is refused.", JsonSchemaType.String);
        }

        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, ParameterLocation where, string description, JsonSchemaType type) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = where, Description = description, Schema = new OpenApiSchema { Type = type } });
}
