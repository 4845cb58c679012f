"""The pages, a file each: functions from a visit to an answer. What they show is in `views`, how in the templates."""
