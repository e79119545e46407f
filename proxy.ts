import { type NextRequest, NextResponse } from "next/server";
import { ASKED_PATH_HEADER } from "./app/_scope/asked-path";

// No lock: every page asks for its own scope. It only writes down which page was asked for, so that
// sign-in can lead back there; a page of Next.js is not told its own address.
export function proxy(request: NextRequest): NextResponse {
  const { pathname, searchParams } = request.nextUrl;
  searchParams.delete("_rsc"); // Next.js's own, when its script asks for a page's data
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  const headers = new Headers(request.headers);
  headers.set(ASKED_PATH_HEADER, `${pathname}${query}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/o/:path*", "/home/:path*", "/account"] };
