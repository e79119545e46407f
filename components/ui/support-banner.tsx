import { Button } from "./button";
import { HiddenFields } from "./hidden-fields";

export type SupportBannerView = {
  readonly userId: string;
  readonly text: string;
  /** Null for who may not end it. */
  readonly end: { readonly action: string; readonly label: string } | null;
};

/** While support can look, everybody knows: who, until when, and how to end it. */
export function SupportBanner({ support }: { readonly support: readonly SupportBannerView[] }) {
  return support.map(({ userId, text, end }) => (
    <aside key={userId} className="border-b border-line bg-glow-soft print:hidden">
      <div
        className="mx-auto flex max-w-desk flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2
          tablet:px-8"
      >
        <p>{text}</p>
        {end ? (
          <form action={end.action} method="post">
            <HiddenFields fields={[{ name: "user", value: userId }]} />
            <Button size="console">{end.label}</Button>
          </form>
        ) : null}
      </div>
    </aside>
  ));
}
