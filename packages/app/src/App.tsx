import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { translationModule } from './modules/translation';

// Plugins are found by `app.packages: all` in app-config.yaml; here is only what belongs to this app.
export default createApp({
  features: [navModule, signInModule, translationModule],
}).createRoot();
