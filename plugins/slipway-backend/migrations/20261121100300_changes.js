// @ts-check

/**
 * Change requests of hosts that keep none, and what travels with the change requests of any host.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_counters', table => {
    table.comment(
      'The last number given to a change request, a row a repository',
    );
    table.text('repository_url').primary();
    table.integer('last_number').notNullable();
  });

  await knex.schema.createTable('changes', table => {
    table.comment('Change requests that the portal keeps itself (plain Git)');
    table.text('id').primary();
    table.integer('number').notNullable();
    table.text('repository_url').notNullable();
    table
      .text('repository_branch')
      .notNullable()
      .comment('The branch that it is merged into');
    table.text('branch').notNullable();
    table.text('title').notNullable();
    table.text('description').notNullable();
    table.text('state').notNullable().comment('open, merged or closed');
    table.text('author').notNullable().comment('Catalog entity ref');
    table.text('base_commit').notNullable();
    table.text('head_commit').notNullable();
    table.text('merge_commit').nullable();
    table.timestamp('created_at', { precision: 3 }).notNullable();
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table.unique(['repository_url', 'number'], {
      indexName: 'changes_number_uidx',
    });
    table.unique(['repository_url', 'branch'], {
      indexName: 'changes_open_branch_uidx',
      useConstraint: false,
      predicate: knex.whereRaw(`state = 'open'`),
    });
    table.index(['repository_url', 'state'], 'changes_state_idx');
  });

  await knex.schema.createTable('change_comments', table => {
    table.text('id').primary();
    table
      .text('change_id')
      .notNullable()
      .references('id')
      .inTable('changes')
      .onDelete('CASCADE');
    table.integer('position').notNullable().comment('Order within the change');
    table.text('author').notNullable();
    table.timestamp('at', { precision: 3 }).notNullable();
    table.text('body').notNullable();
    table.text('verdict').nullable();
    table.text('head_commit').nullable();
    table.unique(['change_id', 'position'], {
      indexName: 'change_comments_position_uidx',
    });
  });

  await knex.schema.createTable('change_intents', table => {
    table.comment(
      'Recorded before a change request is opened at its host: what was planned and what travels with it',
    );
    table.text('id').primary();
    table.text('repository_url').notNullable();
    table.text('branch').notNullable();
    table
      .text('change_id')
      .nullable()
      .comment('Set once the host has opened the change');
    table
      .text('state')
      .notNullable()
      .comment('pending, merged, done or dropped');
    table
      .text('skeleton')
      .nullable()
      .comment('JSON: repository and files of its first commit');
    table.text('plan').nullable().comment('JSON: the plan as it was shown');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('last_error').nullable();
    table.timestamp('created_at', { precision: 3 }).notNullable();
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table.unique(['repository_url', 'branch'], {
      indexName: 'change_intents_pending_branch_uidx',
      useConstraint: false,
      predicate: knex.whereRaw(`state = 'pending'`),
    });
    table.unique(['repository_url', 'change_id'], {
      indexName: 'change_intents_change_uidx',
    });
    table.index(['state'], 'change_intents_state_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_intents');
  await knex.schema.dropTable('change_comments');
  await knex.schema.dropTable('changes');
  await knex.schema.dropTable('change_counters');
};
