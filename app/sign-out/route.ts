import { readForm, seeOther } from "@/app/_form/read-form";
import { readCookies } from "@/app/_scope/signed-in";
import { foreignPost } from "@/app/_view/problem";
import { signOut } from "@/lib/identity";

/** Ends the session, in the database too. */
export async function POST(request: Request): Promise<Response> {
  if (!(await readForm(request))) return foreignPost();
  return seeOther("/", await signOut(await readCookies()));
}
