"$ERRATA" group --sort size
