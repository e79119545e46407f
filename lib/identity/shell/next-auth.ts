import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions, getServerSession } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { assert } from "@/lib/kernel";
import { webEnv } from "@/lib/platform";
import { SESSION_LIMITS } from "../core/session-limits";
import { type Cookies, hasSecureCookies } from "./session-cookie";
import { type NewSession, openSession } from "./sessions";
import { signInAdapter } from "./sign-in-adapter";

// next-auth keeps cookies and sessions; its own pages and routes are not mounted. Our handlers call
// its handler, so that a form keeps what was typed and works without a script, and so that there is
// no second door (docs/decisions/006-sign-in.md).

/** `identified`: whom our own code has just let in, by whichever way; nobody else can sign in. */
type Asked = { readonly now: Date; readonly identified?: Omit<NewSession, "now"> };

function options({ now, identified }: Asked): AuthOptions {
  const adapter = signInAdapter(now);
  const { absoluteMs } = SESSION_LIMITS[identified?.kind ?? "resident"];
  return {
    adapter,
    secret: webEnv().NEXTAUTH_SECRET,
    useSecureCookies: hasSecureCookies(),
    session: { strategy: "database", maxAge: absoluteMs / 1_000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "identified",
        credentials: {},
        authorize: async () => (identified ? { id: identified.userId } : null),
      }),
      // With database sessions next-auth refuses to start on credentials alone. Nobody can reach
      // this one: no route of next-auth is mounted, and the signIn callback refuses it.
      { id: "none", name: "none", type: "oauth", profile: () => ({ id: "" }) },
    ],
    callbacks: {
      signIn: ({ account }) => account?.provider === "identified",
      session: ({ session, user }) => ({
        ...session,
        user: { id: user.id, name: user.name ?? "" },
      }),
    },
    jwt: {
      // For credentials next-auth puts what this gives into the session cookie: a fresh session's
      // token instead of a signed one, so that sessions are rows and can be revoked.
      encode: async () => {
        assert(identified !== undefined, "a session is opened for somebody");
        return openSession({ ...identified, now });
      },
    },
  };
}

/** Opens a session for somebody identified; gives the Set-Cookie lines that carry it. */
export async function openByNextAuth(
  identified: Omit<NewSession, "now">,
  now: Date,
): Promise<readonly string[]> {
  const csrf = await startOfForm({}, { now });
  const body = { csrfToken: csrf.token, json: "true" }; // json keeps a refusal's status
  const route = ["callback", "identified"];
  const answer = await ask(
    route,
    { method: "POST", cookies: csrf.cookies, body },
    {
      now,
      identified,
    },
  );
  assert(answer.status < 400, "next-auth lets in whom we have identified");
  return answer.setCookies;
}

/** Ends the session in these cookies; gives the lines that clear it. */
export async function closeByNextAuth(cookies: Cookies, now: Date): Promise<readonly string[]> {
  const csrf = await startOfForm(cookies, { now });
  const all = { ...cookies, ...csrf.cookies };
  const body = { csrfToken: csrf.token };
  return (await ask(["signout"], { method: "POST", cookies: all, body }, { now })).setCookies;
}

/** Who is signed in with these cookies, as next-auth knows it. */
export async function readByNextAuth(cookies: Cookies, now: Date) {
  const { response } = recorder();
  const request = { headers: {}, cookies } as unknown as ApiRequest;
  const session = await getServerSession(request, response, options({ now }));
  return session?.user as Partial<{ id: string; name: string }> | undefined;
}

/** next-auth wants its own token back with every post; our handlers have checked the origin. */
async function startOfForm(
  cookies: Cookies,
  asked: Asked,
): Promise<{ token: string; cookies: Cookies }> {
  const answer = await ask(["csrf"], { method: "GET", cookies, body: {} }, asked);
  const pairs = answer.setCookies.map((line) => {
    const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
    return [name, decodeURIComponent(value)] as const;
  });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(answer.body);
  return { token: csrfToken, cookies: { ...cookies, ...Object.fromEntries(pairs) } };
}

type ApiRequest = Parameters<typeof getServerSession>[0] & NextApiRequest;

async function ask(
  route: readonly string[],
  request: {
    readonly method: "GET" | "POST";
    readonly cookies: Cookies;
    readonly body: Readonly<Record<string, string>>;
  },
  asked: Asked,
) {
  const { response, record } = recorder();
  const whole = { query: { nextauth: [...route] }, headers: {}, ...request };
  await NextAuth(whole as unknown as ApiRequest, response, options(asked));
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
