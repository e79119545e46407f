import { randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions, getServerSession } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { RequestOrigin } from "@/lib/access/shared";
import { webEnv } from "@/lib/platform";
import { isPassword } from "./password";
import { signInAdapter } from "./sign-in-adapter";
import { signInTables } from "./sign-in-tables";

// next-auth does the signing in; its own pages and routes are not mounted. Our handlers call its
// handler, so that a form keeps what was typed and works without a script, and so that there is no
// second door (docs/decisions/006-sign-in.md).

const SESSION_SECONDS = 30 * 24 * 60 * 60;
const typed = z.object({ email: z.string().max(254), password: z.string().min(1).max(200) });

export type SignedIn = { readonly userId: string; readonly name: string };

function options(): AuthOptions {
  const env = webEnv();
  const adapter = signInAdapter();
  return {
    adapter,
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: env.SITE_URL.startsWith("https://"),
    session: { strategy: "database", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: (credentials) => findByPassword(credentials),
      }),
      // With database sessions next-auth refuses to start on passwords alone. Nobody can reach this
      // one: no route of next-auth is mounted, and the signIn callback refuses all but passwords.
      { id: "none", name: "none", type: "oauth", profile: () => ({ id: "" }) },
    ],
    callbacks: {
      signIn: ({ account }) => account?.provider === "password",
      session: ({ session, user }) => ({
        ...session,
        user: { id: user.id, name: user.name ?? "" },
      }),
    },
    jwt: {
      // For credentials next-auth puts what this gives into the session cookie: a fresh session's
      // token instead of a signed one, so that password sessions are rows and can be revoked.
      encode: async ({ token }) => {
        const sessionToken = randomBytes(32).toString("base64url");
        const expires = new Date(Date.now() + SESSION_SECONDS * 1_000);
        await adapter.createSession?.({ sessionToken, userId: String(token?.sub), expires });
        return sessionToken;
      },
    },
  };
}

async function findByPassword(
  credentials: unknown,
): Promise<{ id: string; name: string | null } | null> {
  const parsed = typed.safeParse(credentials);
  if (!parsed.success) return null;
  const user = await signInTables().user.findUnique({
    where: { email: parsed.data.email.trim().toLowerCase() },
    select: { id: true, name: true, credential: { select: { passwordHash: true } } },
  });
  const stored = user?.credential?.passwordHash ?? null;
  const isRight = await isPassword(stored, parsed.data.password);
  return isRight && user ? { id: user.id, name: user.name } : null;
}

type Cookies = Readonly<Record<string, string>>;

/** Set-Cookie lines for a good password, null for any other pair of words. */
export async function signIn(form: {
  readonly email: string;
  readonly password: string;
}): Promise<readonly string[] | null> {
  const csrf = await startOfForm({});
  const answer = await ask(["callback", "password"], "POST", csrf.cookies, {
    ...form,
    csrfToken: csrf.token,
    json: "true", // keeps the status of a refusal instead of a redirect
  });
  return answer.status < 400 ? answer.setCookies : null;
}

/** Set-Cookie lines of a fresh session for somebody whom our own code has just identified. */
export async function signInAs(
  userId: string,
  _origin: RequestOrigin | null,
): Promise<readonly string[]> {
  const isSecure = webEnv().SITE_URL.startsWith("https://");
  const sessionToken = randomBytes(32).toString("base64url");
  const expires = new Date(Date.now() + SESSION_SECONDS * 1_000);
  await signInAdapter().createSession?.({ sessionToken, userId, expires });
  const name = `${isSecure ? "__Secure-" : ""}next-auth.session-token=${sessionToken}`;
  const rest = `Path=/; Expires=${expires.toUTCString()}; HttpOnly; SameSite=Lax`;
  return [`${name}; ${rest}${isSecure ? "; Secure" : ""}`];
}

/** Ends the session in these cookies, in the database too; gives the lines that clear it. */
export async function signOut(cookies: Cookies): Promise<readonly string[]> {
  const csrf = await startOfForm(cookies);
  const all = { ...cookies, ...csrf.cookies };
  return (await ask(["signout"], "POST", all, { csrfToken: csrf.token })).setCookies;
}

/** Who is signed in with these cookies; null for nobody, or for a session that has ended. */
export async function findSignedIn(cookies: Cookies): Promise<SignedIn | null> {
  const { response } = recorder();
  const request = { headers: {}, cookies } as unknown as ApiRequest;
  const session = await getServerSession(request, response, options());
  const user = session?.user as Partial<{ id: string; name: string }> | undefined;
  return user?.id ? { userId: user.id, name: user.name ?? "" } : null;
}

/** next-auth wants its own token back with every post; our handlers have checked the origin. */
async function startOfForm(cookies: Cookies): Promise<{ token: string; cookies: Cookies }> {
  const answer = await ask(["csrf"], "GET", cookies, {});
  const pairs = answer.setCookies.map((line) => {
    const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
    return [name, decodeURIComponent(value)] as const;
  });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(answer.body);
  return { token: csrfToken, cookies: { ...cookies, ...Object.fromEntries(pairs) } };
}

type ApiRequest = Parameters<typeof getServerSession>[0] & NextApiRequest;

async function ask(
  action: readonly string[],
  method: "GET" | "POST",
  cookies: Cookies,
  body: Readonly<Record<string, string>>,
) {
  const { response, record } = recorder();
  const request = { query: { nextauth: [...action] }, headers: {}, method, cookies, body };
  await NextAuth(request as unknown as ApiRequest, response, options());
  return record;
}

/** Stands in for the response that next-auth's handler writes to, and keeps what it was told. */
function recorder() {
  const record = { status: 200, setCookies: [] as readonly string[], body: undefined as unknown };
  const response = {
    status(code: number) {
      record.status = code;
      return response;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? record.setCookies : undefined),
    setHeader(name: string, value: string | readonly string[]) {
      if (name === "Set-Cookie") record.setCookies = [value].flat();
      return response;
    },
    end: () => response,
    send: (body: unknown) => {
      record.body = body;
    },
    json: (body: unknown) => {
      record.body = body;
    },
  };
  return { record, response: response as unknown as NextApiResponse };
}
