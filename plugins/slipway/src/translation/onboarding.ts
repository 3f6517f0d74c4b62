/** What is said of repositories that are brought to Slipway, and of their webhooks. @internal */
export const onboardingMessages = {
  onboarding: {
    repository: 'Repository',
    repositories: 'the repositories',
    search: 'Type a part of its name',
    none: 'No repository of this name that the credentials of Slipway see. Check the spelling, or give them access at the Git host.',
    noneAtAll:
      'The credentials of Slipway see no repository there. Give them access at the Git host.',
    more: 'Show more',
    archived: 'archived',
    fork: 'fork',
    private: 'private',
    refusedArchived:
      'The repository is archived: nothing can be pushed to it. Choose another one.',
    refusedNoApplication:
      'No Application is chosen. Choose one of those that are not under Slipway yet.',
    bound: 'bound as {{name}}',
    chosen: '{{owner}}/{{name}} at {{host}}, branch {{branch}}',
    isArchived:
      'It is archived: nothing can be pushed to it, and it takes no webhook.',
    isBound: 'It is bound as {{name}} already; a second binding adds nothing.',
    host: 'Git host',
    hosts: 'the Git hosts',
    hostsNone:
      'No Git host with credentials is configured. Ask the platform team to add one to integrations.',
    firstSpec: 'What runs',
    firstSpecHelp:
      'Read from the repository. Change what you like before anything is opened.',
    offer: 'the first spec',
    repositoryFirst: 'Choose the repository and name the service first.',
    fromKubernetes: 'Read from its manifests, at commit {{commit}}.',
    fromCompose: 'Read from its compose file, at commit {{commit}}.',
    fromNothing:
      'Nothing was found in the repository that says how it runs. Declare it below.',
    chooseKubernetes: 'Read the manifests',
    chooseCompose: 'Read the compose file',
    readAgain: 'Read again',
    notTaken_one: '{{count}} thing was not taken over',
    notTaken_other: '{{count}} things were not taken over',
    allTaken: 'Everything that was found was taken over.',
    bindings: 'Repositories',
    noBindings: 'No repository is bound',
    noBindingsText: 'Onboard a repository that is there already',
    installing: 'Being installed',
    ping: 'Ping again',
    pingOf: 'Ping again: {{name}}',
    pinging: 'Pinging',
    answered: 'Ping arrived',
    hostGot: 'The host got the answer {{status}}',
    lastDelivery: 'Last delivery ({{event}})',
    noDelivery: 'Nothing was delivered yet',
  },
} as const;
