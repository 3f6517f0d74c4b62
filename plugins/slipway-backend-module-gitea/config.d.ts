export interface Config {
  events?: {
    modules?: {
      gitea?: {
        /**
         * Secrets that webhooks of Gitea may be signed with; several while one is being renewed.
         * @deepVisibility secret
         */
        webhookSecrets?: string[];
      };
    };
  };
}
