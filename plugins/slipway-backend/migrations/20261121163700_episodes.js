// @ts-check

/**
 * What people are told about: one row for each time that an environment failed, drifted or waited for somebody.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('episodes', table => {
    table.comment(
      'Notifications as intents: recorded before they are sent, removed when they are settled',
    );
    table.text('id').primary().comment('Scope of the notification');
    table
      .text('environment')
      .notNullable()
      .comment('<organization>/<service>/<name>');
    table.text('kind').notNullable().comment('failed, drifted or approval');
    table.timestamp('began_at', { precision: 3 }).notNullable();
    table.timestamp('ended_at', { precision: 3 }).nullable();
    table
      .text('outcome')
      .nullable()
      .comment('How it ended: over, approved or removed');
    table
      .timestamp('telling_at', { precision: 3 })
      .nullable()
      .comment('Set right before it is sent: whether it was is not known');
    table
      .timestamp('told_at', { precision: 3 })
      .nullable()
      .comment('Set when it was sent');
    table.index(['environment'], 'episodes_environment_idx');
    table.unique(['environment', 'kind'], {
      indexName: 'episodes_open_uidx',
      useConstraint: false,
      predicate: knex.whereRaw('ended_at is null'),
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('episodes');
};
