/**
 * Tells open pages that something looks different now. Whoever records a change calls it, once the change can be
 * read; what changed is not told, pages ask for it.
 *
 * Subjects: `environment:<org>/<service>/<name>`, `service:<org>/<service>`, `organization:<org>`, `change:<id>`,
 * `changes`, `fleet`, `operations`. A subject stands for those that show it, too: an environment also moves its
 * service, its organization and the fleet; a change also moves the list of changes. One aspect of a subject
 * (`environment:…#timeline`) is told to those alone who show it.
 */
export interface LiveSignals {
  /** Returns at once; pages are told within a tenth of a second, once for what comes together. */
  changed(subjects: string[]): void;
}
