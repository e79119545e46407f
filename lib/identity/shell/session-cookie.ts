import { webEnv } from "@/lib/platform";

/** All cookies of a request, by name. */
export type Cookies = Readonly<Record<string, string>>;

/** Whether cookies are kept to https; next-auth then names them `__Secure-…`. */
export const hasSecureCookies = (): boolean => webEnv().SITE_URL.startsWith("https://");

/** The session's token in these cookies, under next-auth's name for it; null for none. */
export function sessionTokenIn(cookies: Cookies): string | null {
  const name = `${hasSecureCookies() ? "__Secure-" : ""}next-auth.session-token`;
  return cookies[name] || null;
}
