select object_ref, invoice_id, payment_id
from provider_links
where org_id = $1
    and provider = $2
    and object_ref = any ($3)
