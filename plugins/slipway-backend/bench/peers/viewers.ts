/** How viewers sign in, on all sides. */
export const VIEWER_PROVIDER = 'viewer';

/** Names who signs in. */
export const VIEWER_HEADER = 'x-bench-viewer';

/** Somebody who has signed in to a portal. */
export interface Viewer {
  url: string;
  token: string;
}
