import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { PUBLIC_ROUTES } from "@/app/public-routes";
import { routeOf, scopeRule, TIDY_RULES, withoutProse } from "./tidy-rules";

const root = path.dirname(import.meta.dirname);
const NOT_OURS = new Set(["node_modules", "test-results", "playwright-report", "next-env.d.ts"]);
const TEXT = /\.(?:ts|tsx|mjs|json|css|sql|prisma|md|yml|yaml|svg|sh)$/;
const rules = [...TIDY_RULES, scopeRule(PUBLIC_ROUTES)];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    const isHidden = entry.name.startsWith(".") && entry.isDirectory();
    if (NOT_OURS.has(entry.name) || isHidden || name === "lib/platform/prisma") return [];
    if (entry.isDirectory()) return filesBelow(name);
    return TEXT.test(entry.name) && entry.name !== "package-lock.json" ? [name] : [];
  });
}

const files = filesBelow("").map((name) => ({
  path: name,
  text: readFileSync(path.join(root, name), "utf8"),
}));

test.each(rules)("the repository keeps the rule: $name ($why)", (rule) => {
  const faults = files
    .filter((file) => rule.appliesTo(file.path))
    .flatMap((file) => rule.faults(file).map((fault) => `${file.path} ${fault}`));
  expect(faults).toEqual([]);
});

test("every public route exists", () => {
  const routes = files
    .filter(({ path }) => path.startsWith("app/"))
    .map(({ path }) => routeOf(path));
  expect(PUBLIC_ROUTES.filter((route) => !routes.includes(route))).toEqual([]);
});

const longFile = "const line = 1;\n".repeat(401);
const serverDoor = 'import "server-only";\n';

// Each rule with something it must refuse and something it must let pass.
const PROOFS = [
  ["no export *", "lib/money/index.ts", 'export * from "./core/add";', 'export { a } from "./a";'],
  ["no export *", "lib/money/index.ts", 'export type * from "./a";', "// export * is forbidden"],
  ["no any", "lib/money/core/a.ts", "const a = b as any;", "const any = 1; // as any"],
  ["no any", "app/a/view.tsx", "type A = Record<string, any>;", "f(many, company);"],
  ["no parseFloat", "lib/money/core/a.ts", "parseFloat(x)", "BigInt(x)"],
  ["no toFixed", "components/ui/a.tsx", "x.toFixed(2)", 'say("toFixed")'],
  ["no console", "prisma/seed/main.ts", "console.log(1)", "log().info(1)"],
  ["no unfinished words", "scripts/a.mjs", "// TODO later", "// what is to do"],
  ["one reader of the environment", "lib/access/a.ts", "process.env.PORT", "processEnv().PORT"],
  ["a core has no clock, chance or waiting", "lib/sts/core/a.ts", "new Date()", "new Date(ms)"],
  ["a core has no clock, chance or waiting", "lib/sts/core/a.ts", "randomBytes(8)", "random + 1"],
  ["a core has no clock, chance or waiting", "lib/sts/core/a.ts", "await x", "// we await x"],
  ["a core has no clock, chance or waiting", "lib/sts/core/a.ts", "Date.now()", "now.getTime()"],
  ["no paths of one machine", "docs/a.md", "see ../shared/STYLE.md", "see ../lib/money/shared.ts"],
  ["no paths of one machine", "package.json", '"cd /work/main"', '"app/work/page.tsx"'],
  ["front doors are for the server", "lib/access/index.ts", "export {};\n", serverDoor],
  ["a door can be read", "lib/money/index.ts", "export {};\n".repeat(70), "x;\n".repeat(69)],
  ["files are short", "scripts/a.mjs", longFile, "x;\n".repeat(400)],
  ["lines are short", "lib/money/a.ts", "x".repeat(101), "x".repeat(100)],
  ["files are named after what they hold", "lib/money/date-utils.ts", "", undefined],
  ["files are named after what they hold", "lib/money/helpers.test.ts", "", undefined],
  ["every room has a rank", "lib/kitchen/index.ts", "", undefined],
  ["a scope at every entrance", "app/o/[org]/page.tsx", "x", "await requireOrgScope(org, p);"],
  ["a scope at every entrance", "app/buy/route.tsx", "// guestScope", "await guestScope(r);"],
] as const;

test.each(PROOFS)(
  "%s: refuses a fault in %s (case %#) and lets its neighbour pass",
  (name, file, bad, good) => {
    const rule = rules.find((candidate) => candidate.name === name);
    expect(rule?.appliesTo(file)).toBe(true);
    expect(rule?.faults({ path: file, text: bad })).not.toEqual([]);
    if (good !== undefined) expect(rule?.faults({ path: file, text: good })).toEqual([]);
  },
);

test("every rule has a proof that it can fail", () => {
  const proven = new Set<string>(PROOFS.map(([name]) => name));
  expect(rules.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
});

test("rules spare the files they are not about", () => {
  const applies = (name: string, file: string) =>
    rules.find((rule) => rule.name === name)?.appliesTo(file);
  expect(applies("one reader of the environment", "lib/platform/env.ts")).toBe(false);
  expect(applies("front doors are for the server", "lib/money/index.ts")).toBe(false);
  expect(applies("a core has no clock, chance or waiting", "lib/sts/core/a.test.ts")).toBe(false);
  expect(applies("files are short", "lib/sts/core/vectors/table.ts")).toBe(false);
});

test("a route is the folders of its file, without groups", () => {
  expect(routeOf("app/page.tsx")).toBe("/");
  expect(routeOf("app/(auth)/sign-in/route.tsx")).toBe("/sign-in");
  expect(routeOf("app/o/[org]/actions.ts")).toBe("/o/[org]");
});

test("prose is blanked without moving lines or breaking addresses", () => {
  expect(withoutProse('const a = "// no comment"; // any\nb')).toBe('const a = "";       \nb');
  expect(withoutProse("/* any\nany */ c")).toBe("      \n       c");
  expect(withoutProse("const u = `https://x/any`;")).toBe("const u = `https://x/any`;");
});
