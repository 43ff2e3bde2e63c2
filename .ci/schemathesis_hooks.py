"""What schemathesis does not know how to send."""

import schemathesis


@schemathesis.serializer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def workbook(context, value):
    return value if isinstance(value, bytes) else str(value).encode()
