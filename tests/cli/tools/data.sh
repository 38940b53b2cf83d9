# Small inputs, made in the current folder. Sourced by the cases.

# Two records, three rule errors, five issues; positions as numbers and as text.
small() {
    cat > small.ndjson <<'END'
{"record_id":"r-1","collection_id":"loans","app_id":"lending","fetched_at":"2026-01-02T03:04:05Z","status":"FAILED","errors":[{"message":"Income is wrong","errors":[{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers","0","income"]},{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers","17","income"]},{"code":"invalid_type","expected":"string","received":"undefined","message":"Required","path":["name"]}],"key":"CHECK_INCOME"},{"message":"Who is it?","errors":[{"code":"custom","expected":"a","received":"b","message":"No such person","path":[]}],"key":"CHECK_NAME"}]}
{"record_id":"r-2","collection_id":"loans","app_id":"lending","fetched_at":1767323045,"status":"FAILED","errors":[{"message":"Income is wrong","errors":[{"code":"too_small","expected":{"min": 5},"received":4,"message":"Too small","path":["borrowers",3,"income"]}],"key":"CHECK_INCOME"}]}
{"record_id":"r-3","collection_id":"loans","app_id":"lending","status":"COMPLETED"}
END
}

# Nothing names these documents, and hardly anything is there.
bare() {
    cat > bare.json <<'END'
{"status":"FAILED","errors":[{"message":"m","errors":[{"code":"c"}]}]}

{"status":"FAILED","errors":[{"errors":[{"message":""}],"key":"K"}]}
END
}

# Text that would do something to a terminal or a spreadsheet.
hostile() {
    printf '%s\n' '{"record_id":"r\u001b]0;owned\u0007","status":"FAI\u202eLED","errors":[{"message":"\u0000","errors":[{"code":"a\tb\r\nc","expected":"\u007f\u009b2J","received":"\u200b,\"","message":"=1+1;\u001b[31mred\u001b[0m","path":["a\u001b[2J","*","0","(root)",""]}],"key":"K\u2028\ufeff"}]}' > hostile.ndjson
}

# A good line, three bad ones, a good line.
mixed() {
    cat > mixed.ndjson <<'END'
{"record_id":"r-1","status":"FAILED","errors":[{"message":"m","errors":[{"code":"c","expected":"e","received":"r","message":"first","path":["a"]}],"key":"K"}]}
{"record_id":"r-2","status":"FAI
<html>502 Bad Gateway</html>
{"record_id":"r-4","status":5}
{"record_id":"r-5","status":"FAILED","errors":[{"message":"m","errors":[{"code":"c","expected":"e","received":"r","message":"last","path":["a"]}],"key":"K"}]}
END
}

# Two runs over records r-1 to r-3; r-4 is new in the second, r-5 only in the first. In some groups more issues,
# in others fewer, as many, none.
sides() {
    cat > old.ndjson <<'END'
{"record_id":"r-1","collection_id":"loans","status":"FAILED","errors":[{"message":"Income","errors":[{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers",0,"income"]},{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers",1,"income"]}],"key":"CHECK_INCOME"},{"message":"Age","errors":[{"code":"custom","expected":"a","received":"b","message":"No such age","path":["age"]}],"key":"CHECK_AGE"}]}
{"record_id":"r-2","collection_id":"loans","status":"COMPLETED"}
{"record_id":"r-3","collection_id":"loans","status":"FAILED","errors":[{"message":"Income","errors":[{"code":"invalid_type","expected":"number","received":"undefined","message":"Required","path":["name"]},{"code":"invalid_type","expected":"number","received":"null","message":"Required","path":["name"]}],"key":"CHECK_INCOME"},{"message":"Zip","errors":[{"code":"custom","expected":"a","received":"b","message":"No such zip","path":["zip"]}],"key":"CHECK_ZIP"}]}
{"record_id":"r-5","collection_id":"loans","status":"FAILED","errors":[{"message":"Age","errors":[{"code":"custom","expected":"a","received":"b","message":"No such age","path":["age"]}],"key":"CHECK_AGE"}]}
END
    cat > new.ndjson <<'END'
{"record_id":"r-1","collection_id":"loans","status":"FAILED","errors":[{"message":"Income","errors":[{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers",1,"income"]},{"code":"too_big","expected":"number","received":"number","message":"Too big","path":["borrowers",3,"income"]}],"key":"CHECK_INCOME"}]}
{"record_id":"r-2","collection_id":"loans","status":"FAILED","errors":[{"message":"Income","errors":[{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers",0,"income"]},{"code":"too_small","expected":"number","received":"number","message":"Too small","path":["borrowers",2,"income"]},{"code":"too_big","expected":"number","received":"number","message":"Too big","path":["borrowers",4,"income"]}],"key":"CHECK_INCOME"},{"message":"Name","errors":[{"code":"custom","expected":"a","received":"b","message":"No such name","path":["name"]}],"key":"CHECK_NAME"}]}
{"record_id":"r-3","collection_id":"loans","status":"COMPLETED"}
{"record_id":"r-3","collection_id":"other","status":"FAILED","errors":[{"message":"Zip","errors":[{"code":"custom","expected":"a","received":"b","message":"No such zip","path":["zip"]}],"key":"CHECK_ZIP"}]}
{"record_id":"r-4","collection_id":"loans","status":"FAILED","errors":[{"message":"Income","errors":[{"code":"invalid_type","expected":"number","received":"undefined","message":"Required","path":["name"]}],"key":"CHECK_INCOME"}]}
END
}
