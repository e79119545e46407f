import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type DocumentInput, renderDocument } from "./document";

async function render(input: Partial<DocumentInput> = {}) {
  const page = { title: "A title", lang: "en", dir: "ltr", children: <p>Hello</p> } as const;
  const response = await renderDocument({ ...page, ...input });
  return { response, html: await response.text() };
}

test("the style sheet in the page is the one its policy allows, and no other", async () => {
  const { response, html } = await render();
  const sheet = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(sheet).digest("base64");
  expect(sheet.length).toBeGreaterThan(1000);
  expect(response.headers.get("Content-Security-Policy")).toContain(`style-src 'sha256-${hash}';`);
});

test("a page holds no script unless it asks for one of ours", async () => {
  const plain = await render();
  expect(plain.html).not.toContain("<script");
  expect(plain.response.headers.get("Content-Security-Policy")).not.toContain("script-src");

  const handy = await render({ script: "/slip.js" });
  expect(handy.html.match(/<script/g)).toHaveLength(1);
  expect(handy.response.headers.get("Content-Security-Policy")).toContain("script-src 'self';");
});

test("a page is never stored or framed, and names its address to nobody", async () => {
  const { response } = await render();
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  expect(response.headers.get("Referrer-Policy")).toBe("same-origin");
  expect(response.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
});

test("a page that waits loads itself again", async () => {
  const { html } = await render({ refreshSeconds: 3 });
  expect(html).toContain('<meta http-equiv="refresh" content="3"/>');
});

test("what a person typed cannot become markup", async () => {
  const { html } = await render({ children: <p>{"<script>alert(1)</script>"}</p> });
  expect(html).not.toContain("<script");
});
