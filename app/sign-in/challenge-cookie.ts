import { CHALLENGE_MINUTES } from "@/lib/identity/shared";
import { webEnv } from "@/lib/platform";

const NAME = "voltlet-code";

/** Which code this browser is asked for. It is no secret: without the code it opens nothing. */
export function challengeIn(cookies: Readonly<Record<string, string>>): string {
  return cookies[NAME] ?? "";
}

/** The Set-Cookie line that keeps it as long as its code works; with "" the one that forgets it. */
export function challengeCookie(challengeId: string): string {
  const seconds = challengeId === "" ? 0 : CHALLENGE_MINUTES * 60;
  const secure = webEnv().SITE_URL.startsWith("https://") ? "; Secure" : "";
  const rest = `Path=/sign-in; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  return `${NAME}=${challengeId}; ${rest}`;
}
