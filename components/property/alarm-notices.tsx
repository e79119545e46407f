import { Notice } from "@/components/ui/notice";

export type AlarmView = { readonly title: string; readonly text: string };

/** What nobody may overlook, above everything else; nothing where all is well. */
export function AlarmNotices({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  return alarms.map(({ title, text }) => (
    <div key={title} className="mb-4">
      <Notice kind="refused" title={title}>
        <p>{text}</p>
      </Notice>
    </div>
  ));
}
