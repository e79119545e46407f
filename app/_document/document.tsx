import type { ReactNode } from "react";
import { documentCss, documentCssHash } from "./document-css.generated";

/** A page without framework script. */
export type DocumentInput = {
  readonly title: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly children: ReactNode;
  /** A small file under `public/` that makes the page handier and that it does not need. */
  readonly script?: `/${string}.js`;
  /** Loads the page again after so many seconds: for a purchase that is being worked on. */
  readonly refreshSeconds?: number;
  readonly status?: number;
  /** Sites that a form of the page may lead on to: the providers that can be paid through. */
  readonly formTargets?: readonly string[];
};

const FONT = "/fonts/geist-latin-1.woff2";

/**
 * Renders a whole page to HTML with its style sheet inside. It may load nothing but the font, the
 * icon and, when asked for, one script of ours; it is never stored, framed or named to other sites,
 * because its address can hold a purchase's secret.
 */
export async function renderDocument(input: DocumentInput): Promise<Response> {
  // Imported late on purpose: a static import of react-dom/server is refused in a route handler.
  const { renderToReadableStream } = await import("react-dom/server");
  const stream = await renderToReadableStream(<Document input={input} />);
  await stream.allReady;
  return new Response(stream, {
    status: input.status ?? 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": contentSecurityPolicy(input),
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}

function Document({ input }: { readonly input: DocumentInput }) {
  return (
    <html lang={input.lang} dir={input.dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {input.refreshSeconds === undefined ? null : (
          <meta httpEquiv="refresh" content={String(input.refreshSeconds)} />
        )}
        <title>{input.title}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="preload" href={FONT} as="font" type="font/woff2" crossOrigin="anonymous" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own sheet, by its hash */}
        <style dangerouslySetInnerHTML={{ __html: documentCss }} />
        {input.script === undefined ? null : <script src={input.script} defer />}
      </head>
      <body>{input.children}</body>
    </html>
  );
}

/** `form-action` also bounds where a form's redirect may lead: a provider outside is added here. */
function contentSecurityPolicy({ script, formTargets = [] }: DocumentInput): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${documentCssHash}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    ...(script !== undefined ? ["script-src 'self'"] : []),
    ["form-action 'self'", ...formTargets].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
