/** What leaves the house: one e-mail, or one text message of plain words. */
export type Message =
  | {
      readonly channel: "email";
      readonly to: string;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly channel: "sms"; readonly to: string; readonly text: string };
