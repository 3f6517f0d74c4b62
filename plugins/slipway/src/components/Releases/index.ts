export { isAfter, releaseIn, releaseOf, revisionOf } from './releases';
export { ReleaseLine } from './ReleaseLine';
export { ReleaseSha } from './ReleaseSha';
export { ReleaseLink } from './ReleaseLink';
export { ReleaseActions } from './ReleaseActions';
export { useReleaseWish, type ReleaseWish } from './useReleaseWish';
