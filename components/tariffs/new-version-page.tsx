import type { Choice } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { EditorState } from "./editor-state";
import type { EditorTexts } from "./editor-texts";
import { VersionEditor } from "./version-editor";

export type NewVersionView = {
  readonly backHref: string;
  readonly name: string;
  readonly first: EditorState;
  readonly texts: EditorTexts;
  readonly references: readonly Choice[];
};

/** The next version of a price list, tried before it is saved. */
export function NewVersionPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: NewVersionView;
  readonly action: (previous: EditorState, form: FormData) => Promise<EditorState>;
}) {
  const { frame, view, action } = props;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        <bdi>{view.name}</bdi>
      </a>
      <h1 className="mt-2 mb-6 text-title font-strong tracking-tight">
        {frame.t("tariffs.newVersion")}
      </h1>
      <VersionEditor
        action={action}
        first={view.first}
        texts={view.texts}
        references={view.references}
      />
    </ConsoleShell>
  );
}
