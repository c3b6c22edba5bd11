"""Records into a search server: ``gongkai index`` (OpenSearch), for what is too large for a search without one."""
