import type { NextConfig } from "next";

// Tests build into a folder of their own, so that they do not disturb a running start; with a
// compiler configuration of its own too, for Next.js writes the folder's types into it.
const distDir = process.env.NEXT_DIST_DIR ?? ".next";

const config: NextConfig = {
  distDir,
  typescript: {
    tsconfigPath: distDir === ".next" ? "tsconfig.json" : "tsconfig.test-build.json",
    // `npm run check` does it, for tests and scripts as well; a start has no test tools to type.
    ignoreBuildErrors: true,
  },
  poweredByHeader: false,
  // The signed-in pages; those without framework script send a whole policy of their own.
  headers: async () =>
    ["/o/:path*", "/home/:path*"].map((source) => ({
      source,
      headers: [
        { key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'self'" },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    })),
  typedRoutes: true,
  // A sheet of readings; the action that takes it says what is too large in words.
  experimental: { serverActions: { bodySizeLimit: "9mb" } },
  serverExternalPackages: ["pg", "pino", "@node-rs/argon2"],
  turbopack: { root: import.meta.dirname },
};

export default config;
