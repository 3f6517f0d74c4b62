/** What is said of repositories that are brought to Slipway, and of their webhooks. */
export const onboarding = {
  'onboarding.repository': 'Repository',
  'onboarding.repositories': 'die Repositorys',
  'onboarding.search': 'Einen Teil des Namens eingeben',
  'onboarding.none':
    'Kein Repository dieses Namens, das die Zugangsdaten von Slipway sehen. Die Schreibweise prüfen oder ihnen beim Git-Host Zugriff geben.',
  'onboarding.noneAtAll':
    'Die Zugangsdaten von Slipway sehen dort kein Repository. Ihnen beim Git-Host Zugriff geben.',
  'onboarding.more': 'Mehr anzeigen',
  'onboarding.archived': 'archiviert',
  'onboarding.fork': 'Fork',
  'onboarding.private': 'privat',
  'onboarding.refusedArchived':
    'Das Repository ist archiviert: Niemand kann etwas dorthin schreiben. Ein anderes auswählen.',
  'onboarding.refusedNoApplication':
    'Keine Application ist ausgewählt. Eine von denen auswählen, die noch nicht unter Slipway sind.',
  'onboarding.bound': 'eingebunden als {{name}}',
  'onboarding.chosen': '{{owner}}/{{name}} bei {{host}}, Branch {{branch}}',
  'onboarding.isArchived':
    'Es ist archiviert: Niemand kann etwas dorthin schreiben, und es nimmt keinen Webhook an.',
  'onboarding.isBound':
    'Es ist schon als {{name}} eingebunden; eine zweite Einbindung bringt nichts.',
  'onboarding.host': 'Git-Host',
  'onboarding.hosts': 'die Git-Hosts',
  'onboarding.hostsNone':
    'Kein Git-Host mit Zugangsdaten ist eingerichtet. Das Plattformteam kann einen unter integrations eintragen.',
  'onboarding.firstSpec': 'Was läuft',
  'onboarding.firstSpecHelp':
    'Aus dem Repository gelesen. Alles lässt sich ändern, bevor etwas geöffnet wird.',
  'onboarding.offer': 'die erste Spec',
  'onboarding.repositoryFirst':
    'Zuerst das Repository auswählen und den Dienst benennen.',
  'onboarding.fromKubernetes':
    'Aus seinen Manifesten gelesen, bei Commit {{commit}}.',
  'onboarding.fromCompose':
    'Aus seiner Compose-Datei gelesen, bei Commit {{commit}}.',
  'onboarding.fromNothing':
    'Im Repository steht nirgends, wie es läuft. Unten angeben.',
  'onboarding.chooseKubernetes': 'Die Manifeste lesen',
  'onboarding.chooseCompose': 'Die Compose-Datei lesen',
  'onboarding.readAgain': 'Neu lesen',
  'onboarding.notTaken_one': '{{count}} Sache wurde nicht übernommen',
  'onboarding.notTaken_other': '{{count}} Sachen wurden nicht übernommen',
  'onboarding.allTaken': 'Alles, was gefunden wurde, ist übernommen.',
  'onboarding.bindings': 'Repositorys',
  'onboarding.noBindings': 'Kein Repository ist eingebunden',
  'onboarding.noBindingsText': 'Ein vorhandenes Repository einbinden',
  'onboarding.installing': 'Wird eingerichtet',
  'onboarding.ping': 'Neu anpingen',
  'onboarding.pingOf': 'Neu anpingen: {{name}}',
  'onboarding.pinging': 'Wird angepingt',
  'onboarding.answered': 'Ping angekommen',
  'onboarding.hostGot': 'Der Host bekam die Antwort {{status}}',
  'onboarding.lastDelivery': 'Letzte Zustellung ({{event}})',
  'onboarding.noDelivery': 'Noch nichts zugestellt',
};
