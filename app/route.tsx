import { renderDocument } from "@/app/_document/document";
import { HomePage } from "@/components/vending/home-page";
import { readDemo } from "./_outside/demo";
import { LANGUAGE, phoneFrame } from "./_view/frames";
import { meterNumberText } from "./_view/purchase-texts";

export const dynamic = "force-dynamic";

/** The first page. Reads nobody's data; a practice installation names meters to try. */
export async function GET(): Promise<Response> {
  const frame = await phoneFrame(null);
  const demo = await readDemo();
  const examples = demo.meters.slice(0, 6).map(({ unit, meterNumber }) => ({
    unitText: unit,
    meterNumberText: meterNumberText(meterNumber),
    buyHref: `/buy?meter=${meterNumber}`,
    meterHref: `/practice-meter/${meterNumber}`,
  }));
  return renderDocument({
    ...LANGUAGE,
    title: `${frame.t("brand.name")} · ${frame.t("home.title")}`,
    children: (
      <HomePage frame={frame} view={{ buyAction: "/buy", signInHref: "/sign-in", examples }} />
    ),
  });
}
