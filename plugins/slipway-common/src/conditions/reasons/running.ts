import { done, here, type Reason, stopped, unknown, waiting } from './reason';

/** Reasons of Healthy and Drifted: how it runs. */
export const RUNNING = {
  Healthy: done('Healthy', 'Everything that should run does.'),
  Progressing: here(
    'Starting',
    'Something is being rolled out or is not ready yet.',
    'It goes on by itself.',
  ),
  Degraded: stopped({
    title: 'Not healthy',
    why: 'An object of the environment failed, or doesn\u2019t get on.',
    next: 'Look at the object that the message names; its events and logs say more.',
    who: 'owner',
    action: 'resources',
  }),
  BuildGateClosed: waiting({
    title: 'Build gate closed',
    why: 'A workload without an image is not deployed, so that nothing starts that can\u2019t.',
    next: 'The first image opens it: CI reports a revision, or the spec pins image.revision.',
    who: 'ci',
    action: 'pipelines',
  }),
  Suspended: waiting({
    title: 'Suspended',
    why: 'Somebody has paused an object, such as a Deployment or a CronJob.',
    next: 'Whoever suspended it resumes it there.',
    who: 'owner',
    action: 'resources',
  }),
  StatusUnknown: unknown(
    'No answer yet',
    'The watches have just started, or there is nothing to watch yet.',
    'Shown as soon as the cluster has answered.',
  ),
  NotDrifted: done('No drift', 'What runs is what was agreed, field by field.'),
  Drifted: stopped({
    title: 'Drifted',
    why: 'Somebody or something changed objects in the cluster past Git, and the class doesn\u2019t put them back by itself.',
    next: 'Put it back, or accept it into Git.',
    who: 'owner',
    action: 'drift',
  }),
  DriftUnknown: unknown(
    'Drift not known',
    'The cluster could not be asked what it would change.',
    'It is asked again by itself.',
  ),
} as const satisfies Record<string, Reason>;
