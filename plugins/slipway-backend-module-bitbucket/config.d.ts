export interface Config {
  events?: {
    modules?: {
      bitbucketCloud?: {
        /**
         * Secrets that webhooks of Bitbucket may be signed with; several while one is being renewed.
         * @deepVisibility secret
         */
        webhookSecrets?: string[];
      };
    };
  };
}
