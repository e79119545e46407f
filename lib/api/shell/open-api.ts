import { z } from "zod";
import { PROBLEMS, type ProblemCode, problemType } from "../core/problems";
import { OPERATIONS, type Operation, type OperationName, problemsOf } from "./operations";
import { problemAnswer } from "./schemas";

type Json = { readonly [name: string]: unknown };

/** The OpenAPI 3.1 description, made of the schemas that check what comes in. */
export function openApiDocument(siteUrl: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(name as OperationName, operation),
    };
  }
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Voltlet API",
      version: "1",
      description:
        "Sells prepaid power for an organization. Money is a string of minor units beside its " +
        "currency, energy a string of watt-hours. Every refusal is a problem (RFC 9457).",
    },
    servers: [{ url: `${siteUrl.replace(/\/$/, "")}/api/v1` }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "vk_live_… or vk_practice_…" },
      },
      schemas: { Problem: schemaOf(problemAnswer, "output") },
    },
  };
}

function describeOperation(operationId: OperationName, operation: Operation): Json {
  const { summary, description, scope, body, answers } = operation;
  return {
    operationId,
    summary,
    description: `${description} Needs the scope ${scope}.`,
    "x-scope": scope,
    parameters: parametersOf(operation),
    ...(body
      ? { requestBody: { required: true, content: jsonContent(schemaOf(body, "input")) } }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            content: jsonContent(schemaOf(answer.schema, "output")),
          },
        ]),
      ),
      ...refusalsOf(operation),
    },
  };
}

function parametersOf({ method, path, query }: Operation): readonly Json[] {
  const inPath = [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true, schema: { type: "string" } },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    ...{ name, in: "query", required: true, schema: schemaOf(schema as z.ZodType, "input") },
  }));
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: true,
    description: "One value for one intention; the same request gets the same answer.",
    schema: { type: "string", minLength: 1, maxLength: 130 },
  };
  return [...inPath, ...inQuery, ...(method === "POST" ? [key] : [])];
}

/** One response a status, each with all problems that have it. */
function refusalsOf(operation: Operation): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(operation)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join("\n"),
        ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
        content: {
          "application/problem+json": {
            schema: {
              allOf: [
                { $ref: "#/components/schemas/Problem" },
                { properties: { type: { enum: codes.map(problemType) } } },
              ],
            },
          },
        },
      },
    ]),
  );
}

const RETRY_AFTER = {
  "Retry-After": { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } },
};

const jsonContent = (schema: Json) => ({ "application/json": { schema } });

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12", io });
  return rest;
}
