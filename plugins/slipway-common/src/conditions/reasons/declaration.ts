import { done, here, type Reason, stopped, unknown, waiting } from './reason';

/** Reasons of Declared, and those that any station can have while nobody has come to it. */
export const DECLARATION = {
  Declared: done(
    'Declared',
    'A file of the platform repository names this environment.',
  ),
  Undeclared: here(
    'Being removed',
    'No file declares this environment any more.',
    'Its objects are removed in order; data is kept where the class says so.',
  ),
  Removed: waiting({
    title: 'Removed',
    why: 'Nobody declares it any more, and everything in it is gone.',
    next: 'Declare it again to bring it back.',
    who: 'owner',
    action: 'edit-spec',
  }),
  Retained: waiting({
    title: 'Removed, databases kept',
    why: 'Nobody declares it any more, and its class lets databases outlive their environment.',
    next: 'Declare it again to use them, or ask the platform team to delete them.',
    who: 'owner',
    action: 'edit-spec',
  }),
  SourceUnreadable: {
    ...unknown(
      'Platform repository unreadable',
      'What can\u2019t be read is not taken for deleted, so nothing is decided on it.',
      'Nothing is changed or deleted until it can be read again. The platform team checks the repository and its credentials.',
    ),
    who: 'platform',
    action: 'operations',
  },
  MassDeletionHeld: stopped({
    title: 'Deletion held',
    why: 'Many specs vanished at once, which is more often a mistake than a wish.',
    next: 'Somebody of the platform team confirms it on the Operations page, or puts the files back.',
    who: 'platform',
    action: 'operations',
  }),
  Reconciling: here(
    'Being looked at',
    'Something has changed, and what follows from it is being worked out.',
    'Usually takes a few seconds.',
  ),
  Ahead: {
    state: 'ahead',
    title: 'Not yet',
    why: 'A station is only looked at when all before it are settled.',
    next: 'The stations before come first.',
    who: 'nobody',
  },
  Retrying: here(
    'Something went wrong; trying again',
    'A step failed in a way that often passes by itself, such as a network or a busy server.',
    'It is tried again by itself; the message says when and why.',
  ),
} as const satisfies Record<string, Reason>;
