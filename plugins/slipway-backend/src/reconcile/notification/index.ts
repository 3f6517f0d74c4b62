export { NotificationReconciler } from './NotificationReconciler';
