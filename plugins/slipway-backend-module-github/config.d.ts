export interface Config {
  events?: {
    modules?: {
      github?: {
        /**
         * Secret that webhooks of GitHub are signed with; the key that Backstage's own module has.
         * @visibility secret
         */
        webhookSecret?: string;
        /**
         * More of them, while one is being renewed.
         * @deepVisibility secret
         */
        webhookSecrets?: string[];
      };
    };
  };
}
