import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { ENTRANCES } from "./entrances";

const root = path.dirname(path.dirname(import.meta.dirname));
// Actions are posted to the page beside them; console-forms.spec.ts walks them.
const ENTRANCE = /(?:^|\/)(?:page|route|actions|default)\.(?:ts|tsx)$/;
const VERB = /export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g;

const files = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((name) => path.posix.join("app", name.split(path.sep).join("/")))
  .filter((name) => ENTRANCE.test(name));

test("every page, handler and actions file of app/ stands in the list of entrances", () => {
  expect(files.toSorted()).toEqual(Object.keys(ENTRANCES).toSorted());
});

test("every handler answers the methods that the list names, and no other", () => {
  const methodsOf = (file: string) =>
    /page\.tsx$/.test(file)
      ? ["GET"]
      : [...readFileSync(path.join(root, file), "utf8").matchAll(VERB)].map((found) => found[1]);
  const inCode = Object.fromEntries(files.map((file) => [file, methodsOf(file).toSorted()]));
  const inList = Object.fromEntries(
    Object.entries(ENTRANCES).map(([file, { methods }]) => [file, [...methods].toSorted()]),
  );
  expect(inCode).toEqual(inList);
});

test("every server action stands in a file that says so, and is listed", () => {
  const others = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && path.basename(name) !== "actions.ts")
    .filter((name) =>
      /["']use server["']/.test(readFileSync(path.join(root, "app", name), "utf8")),
    );
  expect(others).toEqual([]);
});

test("the proxy answers nothing itself: it notes what was asked for, and lets it go on", () => {
  const proxy = readFileSync(path.join(root, "proxy.ts"), "utf8");
  expect(proxy.match(/return [^;]+;/g)).toEqual([
    "return NextResponse.next({ request: { headers } });",
  ]);
});
