// @ts-check

/**
 * The one aggregate: its lifecycle, what people agreed to, and what happened.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environments', table => {
    table.comment('Service times name on a cluster');
    table.text('key').primary().comment('organization/service/name');
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.text('name').notNullable();
    table.text('class').notNullable();
    table
      .text('cluster')
      .nullable()
      .comment('The recorded choice; never changed silently');
    table.text('namespace').notNullable();
    table.text('phase').notNullable();
    table
      .boolean('declared')
      .notNullable()
      .comment('False once no file declares it any more');
    table.text('conditions').notNullable().defaultTo('[]').comment('JSON');
    table
      .text('summary')
      .nullable()
      .comment(
        'JSON: the last known summary, so that a restart shows it with its age',
      );
    table.integer('applied_generation').nullable();
    table.text('renderer_version').nullable();
    table.text('digest').nullable();
    table.text('approval_digest').nullable();
    table
      .text('inventory')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: the objects that were applied, for pruning');
    table
      .text('commit')
      .nullable()
      .comment('The commit of the GitOps repository that holds the rendering');
    table.timestamp('created_at', { precision: 3 }).notNullable();
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table
      .integer('revision')
      .notNullable()
      .comment('Grows with every write; every write compares it');
    table.unique(['organization', 'service', 'name'], {
      indexName: 'environments_name_uidx',
    });
    table.unique(['cluster', 'namespace'], {
      indexName: 'environments_namespace_uidx',
    });
    table.index(['phase'], 'environments_phase_idx');
  });

  await knex.schema.createTable('approvals', table => {
    table.comment(
      'Who agreed to which digest; may come before its environment',
    );
    table.text('id').primary();
    table.text('environment').notNullable().comment('Key of the environment');
    table.text('digest').notNullable();
    table.text('actor').notNullable().comment('Catalog entity ref');
    table
      .text('origin')
      .notNullable()
      .comment('Id of the change request, or "environment"');
    table.timestamp('at', { precision: 3 }).notNullable();
    table.unique(['environment', 'digest', 'actor'], {
      indexName: 'approvals_once_uidx',
    });
  });

  await knex.schema.createTable('timeline', table => {
    table.comment('What happened, in order');
    table.bigIncrements('id');
    table
      .text('subject')
      .notNullable()
      .comment(
        'Key of what it happened to, e.g. environment:acme/shop/production',
      );
    table.timestamp('at', { precision: 3 }).notNullable();
    table.text('type').notNullable();
    table.text('reason').notNullable();
    table.text('title').notNullable();
    table
      .text('actor')
      .nullable()
      .comment('Catalog entity ref; null when nobody but Slipway acted');
    table.text('change_id').nullable();
    table.text('commit').nullable();
    table.text('revision').nullable();
    table.text('data').nullable().comment('JSON');
    table.text('dedupe_key').notNullable();
    table.unique(['subject', 'dedupe_key'], {
      indexName: 'timeline_once_uidx',
    });
    table.index(['subject', 'id'], 'timeline_subject_idx');
    table.index(['change_id'], 'timeline_change_idx');
    table.index(['commit'], 'timeline_commit_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('timeline');
  await knex.schema.dropTable('approvals');
  await knex.schema.dropTable('environments');
};
