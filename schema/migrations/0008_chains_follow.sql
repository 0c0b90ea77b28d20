-- The ends of the chains are in the writer's memory, and this table follows (server/audit/commitment_counts.hpp): the row of
-- kind 'log' and id 1 says up to which record it has them all.
ALTER TABLE commitment_chains DROP COLUMN before;
