const NOTHING = 'Nichts zu tun.';

/** How a webhook stands, and what to do. */
export const reasons = {
  'reason.WebhookInstalled.title': 'Webhook eingerichtet',
  'reason.WebhookInstalled.next': NOTHING,
  'reason.WebhookAnswered.title': 'Webhook antwortet',
  'reason.WebhookAnswered.next': NOTHING,
  'reason.WebhookPinged.title': 'Wartet auf den Ping',
  'reason.WebhookPinged.next':
    'Dauert gewöhnlich eine Sekunde; nach einer halben Minute wird noch einmal gebeten, nach einer weiteren gefragt, was der Git-Host bekam.',
  'reason.WebhookUnreachable.title': 'Vom Git-Host aus nicht zu erreichen',
  'reason.WebhookUnreachable.next':
    'slipway.webhooks.baseUrl auf eine Adresse setzen, die der Host erreicht, ihm die Zustellung dorthin erlauben und neu anpingen.',
  'reason.WebhookForbidden.title': 'Recht für den Webhook fehlt',
  'reason.WebhookForbidden.next':
    'Dem Token oder der App das Recht geben, das die Meldung nennt; alle zehn Minuten wird es von selbst noch einmal versucht.',
  'reason.WebhookRefused.title': 'Webhook abgelehnt',
  'reason.WebhookRefused.next':
    'slipway.webhooks.baseUrl auf eine Adresse setzen, die der Host zulässt.',
  'reason.WebhookKeyMissing.title': 'Kein Schlüssel zum Signieren',
  'reason.WebhookKeyMissing.next': 'Jemand vom Plattformteam setzt ihn.',
  'reason.WebhookWithoutOrganization.title': 'Organisation fehlt',
  'reason.WebhookWithoutOrganization.next':
    'Die Organisation deklarieren oder ihre Datei berichtigen.',
  'reason.RepositoryOfSomebodyElse.title': 'Repository von jemand anderem',
  'reason.RepositoryOfSomebodyElse.next':
    'Ein Repository des Namensraums einbinden oder das Plattformteam gitHost.namespace ändern lassen.',
  'reason.RepositoryMissing.title': 'Repository fehlt',
  'reason.RepositoryMissing.next':
    'Den Namen im RepoBinding berichtigen oder den Zugangsdaten Zugriff geben.',
  'reason.PollingUsed.title': 'Wird regelmäßig abgefragt',
  'reason.PollingUsed.next': NOTHING,
} as const;
