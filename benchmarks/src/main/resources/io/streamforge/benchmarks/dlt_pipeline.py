"""One table of PostgreSQL into another by dlt: arguments are the addresses of source and target, and a directory for its state."""
import sys

import dlt
from dlt.sources.sql_database import sql_table

source, target, state = sys.argv[1:]
rows = sql_table(
    credentials=source.replace("postgresql:", "postgresql+psycopg2:"),
    table="rows",
    backend="connectorx",
    backend_kwargs={"conn": source},
)
pipeline = dlt.pipeline(
    "peer", destination=dlt.destinations.postgres(target), dataset_name="dlt_peer", pipelines_dir=state
)
pipeline.run(rows, write_disposition="replace", loader_file_format="csv")
