/** A message to people. */
export interface Notice {
  /** Catalog entity refs: users, or groups whose members get it. */
  recipients: string[];
  title: string;
  description: string;
  /** Path in the portal. */
  link: string;
  severity: 'high' | 'normal' | 'low';
  topic: string;
  /** What is sent again under the same scope replaces what was sent before, and never comes as a second message. */
  scope: string;
}

/** Tells people, wherever they read it. */
export interface Notifier {
  send(notice: Notice): Promise<void>;
}
