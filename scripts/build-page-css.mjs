// Compiles the style sheet of the pages that carry no script (buy, slip, sign-in) into a module: it
// is inlined in each page under a Content-Security-Policy that names its hash.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import tailwind from "@tailwindcss/postcss";

const folder = path.join(path.dirname(import.meta.dirname), "app/_document");
const from = path.join(folder, "document.css");
const to = path.join(folder, "document-css.generated.ts");

// The plugin's own copy, so that the two always fit.
const require = createRequire(import.meta.resolve("@tailwindcss/postcss"));
const postcss = require("postcss");

const plugin = tailwind({ optimize: { minify: true } });
const { css } = await postcss([plugin]).process(readFileSync(from, "utf8"), { from });
// In HTML the sheet ends at the first `</`; none of ours may hold one.
if (css.includes("</")) throw new Error(`${from} compiles to a sheet that HTML would cut short`);
const hash = createHash("sha256").update(css).digest("base64");
writeFileSync(
  to,
  `// Written by scripts/build-page-css.mjs from document.css.
export const documentCss = ${JSON.stringify(css)};
export const documentCssHash = ${JSON.stringify(hash)};
`,
);
