export interface Config {
  events?: {
    modules?: {
      gitlab?: {
        /**
         * Secret that webhooks of GitLab bring as their token; the key that Backstage's own module has.
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
