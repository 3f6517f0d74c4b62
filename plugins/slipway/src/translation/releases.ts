/** What is said about releases: their page, promotion, and the way back. @internal */
export const releasesMessages = {
  releases: {
    // The questions.
    promoteTitle: 'Promote to {{environment}}',
    rollbackTitle: 'Roll back {{environment}}',
    forwardTitle: 'Roll {{environment}} forward',
    promote: 'Promote…',
    promoteHelp:
      'Shows what an environment would become with what the one before it runs; opens one change request.',
    rollback: 'Roll back…',
    rollbackHelp:
      'Shows what it would become with an earlier release, before anything changes.',
    way: 'Way',
    to: 'Release',
    noWay: 'Nothing to promote',
    noWayText:
      'No environment of {{service}} says where it is promoted from. Name it in the spec: promoteFrom, at the environment.',
    noEarlier: 'Nothing to go back to',
    noEarlierText: 'No other release of {{service}} is known yet.',
    movesWhat: 'what {{environment}} would become',
    current: 'Runs now',
    next: 'Would run',
    nothingYet: 'nothing yet',
    from: 'from {{environment}}',
    blocked: 'Not now.',
    notAllowed: 'You may not do this.',
    openAlready:
      'Change request #{{number}} of this environment is open already; it is brought up to date.',
    willRequest:
      'This opens one change request with exactly this. Nothing runs before it is merged.',
    willUpdate:
      'This brings the open change request up to date. Nothing runs before it is merged.',
    willCommit:
      'This makes one commit to Git at once, with your name; Argo CD syncs it. No approval is wanted.',
    request: 'Open change request',
    updateRequest: 'Update change request',
    rollbackNow: 'Roll back now',
    forwardNow: 'Roll forward now',
    close: 'Close',
    // How it went.
    requested: 'A change request was opened.',
    requestUpdated: 'The open change request was brought up to date.',
    seeRequest: 'See the change request',
    accepted:
      '{{environment}} is on its way to {{revision}}. The road tells when it is there.',
    nothingToDo: '{{environment}} runs {{revision}} already.',
    forwardAgain: 'Roll forward again',
    backAgain: 'Roll back again',
    // In the timeline, on the card.
    release: 'Release {{revision}}',
    runsHere: 'runs here',
    backTo: 'Roll back to this',
    forwardTo: 'Roll forward to this',
    asWell_one: 'and {{count}} other revision',
    asWell_other: 'and {{count}} other revisions',
    // The page.
    what: 'the release {{id}}',
    title: '{{service}} / release {{revision}}',
    whereTitle: 'Where it runs',
    nowhere: 'It runs nowhere',
    nowhereText:
      'No environment runs it now. An environment that it fits can be taken to it from here.',
    noTargets: 'The service has no environment yet.',
    columns: {
      environment: 'Environment',
      state: 'State',
      since: 'Since',
      action: 'Action',
      workload: 'Workload',
      revision: 'Revision',
      digest: 'Image digest',
      release: 'Release',
    },
    state: {
      running: 'running',
      'rolling-out': 'rolling out',
      unhealthy: 'unhealthy',
      waiting: 'accepted, not in Git yet',
      unknown: 'unknown: its cluster is not reached',
      elsewhere: 'runs another release',
    },
    whatTitle: 'What it is made of',
    noDigest: 'not told',
    timeline: 'What happened',
    others: 'Releases of {{service}}',
    othersWhat: 'the releases of {{service}}',
    noOthers: 'No release yet',
    noOthersText: 'A revision that CI reports becomes the first.',
    branch: 'branch {{branch}}',
    run: 'Build run',
    committed: 'committed {{ago}}',
    promotedFrom: 'promoted from {{environment}}',
  },
} as const;
