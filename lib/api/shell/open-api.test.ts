import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PROBLEM_CODES, PROBLEMS } from "../core/problems";
import { openApiDocument } from "./open-api";
import { OPERATIONS, type Operation, problemsOf } from "./operations";

type Described = {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >;
};
const document = openApiDocument("https://power.example/");
const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Described>>>>;
const operations = Object.entries(OPERATIONS) as readonly [string, Operation][];
const described = ({ path: place, method }: Operation) => paths[place]?.[method.toLowerCase()];

const root = path.join(import.meta.dirname, "../../../app/api/v1");
const VERB = /export (?:async )?function (GET|POST|PUT|PATCH|DELETE)\b/g;

/** Every handler of app/api/v1 as the document would name it, but for the document's own. */
function handlers(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts") && !file.startsWith("openapi.json"))
    .flatMap((file) => {
      const place = `/${path.posix.dirname(file)}`.replaceAll(/\[([a-z]+)\]/g, "{$1}");
      const text = readFileSync(path.join(root, file), "utf8");
      return [...text.matchAll(VERB)].map(([, verb]) => `${verb} ${place}`);
    });
}

describe("the OpenAPI document", () => {
  it("has every handler, and no other", () => {
    const told = Object.entries(paths).flatMap(([place, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${place}`),
    );
    expect(told.toSorted()).toEqual(handlers().toSorted());
  });

  it.each(operations)("has every answer and every refusal of %s", (name, operation) => {
    const told = described(operation);
    expect(told?.operationId).toBe(name);
    for (const status of Object.keys(operation.answers)) {
      expect(told?.responses[status]?.content["application/json"]?.schema).toBeTypeOf("object");
    }
    for (const code of problemsOf(operation)) {
      const response = told?.responses[PROBLEMS[code].status];
      const schema = JSON.stringify(response?.content["application/problem+json"]?.schema);
      expect(schema).toContain(`"urn:voltlet:problem:${code}"`);
    }
  });

  it("names each refusal in some operation: none is dead", () => {
    const used = new Set(operations.flatMap(([, operation]) => problemsOf(operation)));
    expect(PROBLEM_CODES.filter((code) => !used.has(code))).toEqual([]);
  });

  it("asks for an Idempotency-Key and a whole body of every POST", () => {
    for (const [, operation] of operations.filter(([, { method }]) => method === "POST")) {
      const told = described(operation);
      expect(told?.parameters).toContainEqual(expect.objectContaining({ name: "Idempotency-Key" }));
      const body = JSON.stringify(told?.requestBody?.content["application/json"]?.schema);
      expect(body).toContain('"additionalProperties":false');
    }
  });

  it("describes amounts as the check reads them", () => {
    const body = described(OPERATIONS.createQuote)?.requestBody?.content["application/json"];
    expect(body?.schema).toMatchObject({
      type: "object",
      required: ["meter", "amount"],
      properties: {
        amount: { properties: { minor: { type: "string", pattern: "^[1-9][0-9]{0,15}$" } } },
      },
    });
  });

  it("is OpenAPI 3.1 at this address, and refers to nothing that is not there", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: "https://power.example/api/v1" }],
    });
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(new Set(references)).toEqual(new Set(['"$ref":"#/components/schemas/Problem"']));
  });
});
